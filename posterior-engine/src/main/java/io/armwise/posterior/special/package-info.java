/**
 * Special functions in double precision, each accurate in both tails: gamma, beta and error
 * functions, their incomplete forms and inverses, and the distributions built on them.
 */
@NullMarked
package io.armwise.posterior.special;

import org.jspecify.annotations.NullMarked;
