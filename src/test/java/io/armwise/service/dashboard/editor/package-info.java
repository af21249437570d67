@NullMarked
package io.armwise.service.dashboard.editor;

import org.jspecify.annotations.NullMarked;
