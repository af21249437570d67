/** Tests of the experiment model. */
@NullMarked
package io.armwise.bandits.experiment;

import org.jspecify.annotations.NullMarked;
