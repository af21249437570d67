@NullMarked
package io.armwise.service.platform.disk;

import org.jspecify.annotations.NullMarked;
