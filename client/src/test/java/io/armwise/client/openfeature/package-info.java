@NullMarked
package io.armwise.client.openfeature;

import org.jspecify.annotations.NullMarked;
