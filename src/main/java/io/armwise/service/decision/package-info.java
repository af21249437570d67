/** The request path: which arm for this unit? */
@NullMarked
package io.armwise.service.decision;

import org.jspecify.annotations.NullMarked;
