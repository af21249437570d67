/** Conditions as people write them, in the Common Expression Language. */
@NullMarked
package io.armwise.targeting;

import org.jspecify.annotations.NullMarked;
