@NullMarked
package io.armwise.service.calculator;

import org.jspecify.annotations.NullMarked;
