/** The pages on which a person changes a running experiment: what happens, why, and done. */
@NullMarked
package io.armwise.service.dashboard.action;

import org.jspecify.annotations.NullMarked;
