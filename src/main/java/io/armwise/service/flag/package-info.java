/** Feature flags: values that are switched, split or handed to an experiment. */
@NullMarked
package io.armwise.service.flag;

import org.jspecify.annotations.NullMarked;
