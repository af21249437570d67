/** Forgetting: a unit on request, ids and states when they are old. */
@NullMarked
package io.armwise.service.erasure;

import org.jspecify.annotations.NullMarked;
