/**
 * The experiment model: what a person configures, the rules it obeys, and the states it goes
 * through.
 */
@NullMarked
package io.armwise.bandits.experiment;

import org.jspecify.annotations.NullMarked;
