/** Traffic that rises by itself, step by step, while an experiment is healthy. */
@NullMarked
package io.armwise.service.rollout;

import org.jspecify.annotations.NullMarked;
