/** Tests with stock OpenFeature providers. */
@NullMarked
package io.armwise.service.ofrep;

import org.jspecify.annotations.NullMarked;
