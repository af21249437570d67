@NullMarked
package io.armwise.service.sdk;

import org.jspecify.annotations.NullMarked;
