/** Tests of traffic ramps. */
@NullMarked
package io.armwise.service.rollout;

import org.jspecify.annotations.NullMarked;
