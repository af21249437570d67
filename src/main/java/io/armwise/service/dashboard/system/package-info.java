/** How the service itself does: who works, what waits, what is stored, who may do what. */
@NullMarked
package io.armwise.service.dashboard.system;

import org.jspecify.annotations.NullMarked;
