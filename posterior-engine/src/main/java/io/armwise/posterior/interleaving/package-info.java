/**
 * Comparison of two rankings by showing one merged list and seeing whose results are clicked. Needs
 * far fewer sessions than separate arms, and answers only which ranking is preferred.
 */
@NullMarked
package io.armwise.posterior.interleaving;

import org.jspecify.annotations.NullMarked;
