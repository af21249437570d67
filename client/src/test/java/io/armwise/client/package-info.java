@NullMarked
package io.armwise.client;

import org.jspecify.annotations.NullMarked;
