/** The form that creates and changes experiments, and what it teaches while it is filled in. */
@NullMarked
package io.armwise.service.dashboard.editor;

import org.jspecify.annotations.NullMarked;
