/** Tests of feature flags. */
@NullMarked
package io.armwise.service.flag;

import org.jspecify.annotations.NullMarked;
