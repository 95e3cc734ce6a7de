package dev.pilothouse.server.authn;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.UserInfo;
import dev.pilothouse.server.tokens.ServiceAccountTokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bearer tokens known from the start. They are looked up by their hash, so that the time a look-up
 * takes tells nothing about a token. They are for the API server and no other audience.
 */
public final class StaticTokenAuthenticator implements Authenticator, TokenChecker {

    private final Map<String, UserInfo> users;

    /** Users by token; each gets the group {@code system:authenticated} too. */
    public StaticTokenAuthenticator(Map<String, UserInfo> usersByToken) {
        Map<String, UserInfo> hashed = new HashMap<>();
        usersByToken.forEach((token, user) ->
                hashed.put(
                        TokenHash.of(token),
                        new UserInfo(
                                user.name(),
                                user.uid(),
                                Groups.authenticated(user.groups()),
                                user.extra())));
        users = Map.copyOf(hashed);
    }

    /**
     * Reads kube-apiserver's token file: lines of token, user, uid and optionally a quoted list of
     * groups.
     *
     * @throws IllegalArgumentException naming the line that is wrong
     */
    public static StaticTokenAuthenticator fromCsv(String csv) {
        Map<String, UserInfo> users = new HashMap<>();
        int number = 0;
        for (String line : csv.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> fields = fields(line);
            if (fields.size() < 3 || fields.getFirst().isEmpty() || fields.get(1).isEmpty()) {
                throw new IllegalArgumentException(
                        "token file line " + number + ": expected token,user,uid[,\"groups\"]");
            }
            List<String> groups = new ArrayList<>();
            if (fields.size() > 3) {
                for (String group : fields.get(3).split(",", -1)) {
                    if (!group.isBlank()) {
                        groups.add(group.strip());
                    }
                }
            }
            users.put(
                    fields.getFirst(),
                    new UserInfo(fields.get(1), fields.get(2), groups, Map.of()));
        }
        return new StaticTokenAuthenticator(users);
    }

    @Override
    public Result authenticate(ApiRequest request) {
        String token = BearerTokens.of(request);
        if (token.isEmpty()) {
            return Result.NONE;
        }
        UserInfo user = users.get(TokenHash.of(token));
        return user == null
                ? new Result.Rejected("unknown bearer token")
                : new Result.Authenticated(user);
    }

    @Override
    public Outcome check(String token, List<String> audiences) {
        UserInfo user = users.get(TokenHash.of(token));
        List<String> shared =
                audiences.stream().filter(ServiceAccountTokens.API_AUDIENCES::contains).toList();
        return user == null || shared.isEmpty() ? Outcome.UNKNOWN : new Outcome.Valid(user, shared);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
