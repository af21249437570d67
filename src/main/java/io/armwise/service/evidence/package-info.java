/** From the log to evidence: exactly once, whoever reads. */
@NullMarked
package io.armwise.service.evidence;

import org.jspecify.annotations.NullMarked;
