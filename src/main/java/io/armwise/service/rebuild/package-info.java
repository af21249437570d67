/** The proof that the evidence follows from the log: read it again, compare bit for bit. */
@NullMarked
package io.armwise.service.rebuild;

import org.jspecify.annotations.NullMarked;
