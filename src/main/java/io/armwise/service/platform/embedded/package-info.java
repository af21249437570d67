/**
 * The servers that the service brings along: a real PostgreSQL and a real single-node Kafka under
 * one data folder, for those who have configured none of their own.
 */
@NullMarked
package io.armwise.service.platform.embedded;

import org.jspecify.annotations.NullMarked;
