/** Files by which a node starts while its database is away. */
@NullMarked
package io.armwise.service.platform.disk;

import org.jspecify.annotations.NullMarked;
