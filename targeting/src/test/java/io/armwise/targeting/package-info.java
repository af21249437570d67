/** Tests of conditions. */
@NullMarked
package io.armwise.targeting;

import org.jspecify.annotations.NullMarked;
