/** The log as files, for when the brokers keep it no longer. */
@NullMarked
package io.armwise.service.archive;

import org.jspecify.annotations.NullMarked;
