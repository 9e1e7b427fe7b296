/** Storage by WebDAV (RFC 4918): a plugin that shows how one is written. */
@NullMarked
package io.holdfast.example.webdav;

import org.jspecify.annotations.NullMarked;
