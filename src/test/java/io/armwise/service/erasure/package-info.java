@NullMarked
package io.armwise.service.erasure;

import org.jspecify.annotations.NullMarked;
