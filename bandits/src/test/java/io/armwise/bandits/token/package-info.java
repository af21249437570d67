@NullMarked
package io.armwise.bandits.token;

import org.jspecify.annotations.NullMarked;
