/** The signed string that carries one decision from the answer to its outcome. */
@NullMarked
package io.armwise.bandits.token;

import org.jspecify.annotations.NullMarked;
