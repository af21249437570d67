@NullMarked
package io.armwise.service.archive;

import org.jspecify.annotations.NullMarked;
