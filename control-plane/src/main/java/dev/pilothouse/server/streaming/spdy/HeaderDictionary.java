package dev.pilothouse.server.streaming.spdy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The dictionary that both ends start to compress headers with. Source: section 2.6.10.1 of the
 * SPDY/3 draft; a list of words with their lengths, then plain text.
 */
final class HeaderDictionary {

    private static final String WORDS =
            "options head post put delete trace accept accept-charset accept-encoding"
                    + " accept-language accept-ranges age allow authorization cache-control"
                    + " connection content-base content-encoding content-language content-length"
                    + " content-location content-md5 content-range content-type date etag expect"
                    + " expires from host if-match if-modified-since if-none-match if-range"
                    + " if-unmodified-since last-modified location max-forwards pragma"
                    + " proxy-authenticate proxy-authorization range referer retry-after server te"
                    + " trailer transfer-encoding upgrade user-agent vary via warning"
                    + " www-authenticate method get status 200_OK version HTTP/1.1 url public"
                    + " set-cookie keep-alive origin";

    private static final String TEXT =
            "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504"
                    + "505203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad"
                    + " Request401 Unauthorized403 Forbidden404 Not Found500 Internal Server Error501"
                    + " Not Implemented503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct"
                    + " Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMTchunked,text/html,"
                    + "image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,"
                    + "text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset="
                    + "iso-8859-1,utf-,*,enq=0.";

    private HeaderDictionary() {}

    /** A copy of its bytes. */
    static byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String word : WORDS.split(" ", -1)) {
                byte[] ascii = word.replace('_', ' ').getBytes(StandardCharsets.US_ASCII);
                out.writeInt(ascii.length);
                out.write(ascii);
            }
            out.write(TEXT.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
