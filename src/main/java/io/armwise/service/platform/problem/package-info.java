/** Errors as callers see them: RFC 9457 problems with a closed set of codes. */
@NullMarked
package io.armwise.service.platform.problem;

import org.jspecify.annotations.NullMarked;
