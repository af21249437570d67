@NullMarked
package io.armwise.service.snapshot;

import org.jspecify.annotations.NullMarked;
