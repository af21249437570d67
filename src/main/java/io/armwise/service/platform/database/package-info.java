/** The connection to PostgreSQL. */
@NullMarked
package io.armwise.service.platform.database;

import org.jspecify.annotations.NullMarked;
