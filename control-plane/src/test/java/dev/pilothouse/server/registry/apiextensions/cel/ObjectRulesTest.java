package dev.pilothouse.server.registry.apiextensions.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ObjectRulesTest {

    private static final String SPEC =
            "{'type':'object','properties':{"
                    + "'n':{'type':'integer'},'d':{'type':'number'},'t':{'type':'string'},'b':{'type':'boolean'},"
                    + "'port':{'x-kubernetes-int-or-string':true},'when':{'type':'string','format':'date-time'},"
                    + "'day':{'type':'string','format':'date'},'time':{'type':'string','format':'duration'},"
                    + "'raw':{'type':'string','format':'byte'},'none':{'type':'object','nullable':true},"
                    + "'x-y.z/w':{'type':'string'},'namespace':{'type':'string'},'a__b':{'type':'string'},"
                    + "'set':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}},"
                    + "'map':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],"
                    + "'items':{'type':'object','properties':{'k':{'type':'string'},'v':{'type':'integer'}}}},"
                    + "'list':{'type':'array','items':{'type':'integer'}},"
                    + "'ports':{'type':'array','items':{'x-kubernetes-int-or-string':true}},"
                    + "'labels':{'type':'object','additionalProperties':{'type':'string'}},"
                    + "'object':{'type':'object','x-kubernetes-embedded-resource':true,"
                    + "'x-kubernetes-preserve-unknown-fields':true},"
                    + "'free':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}";
    private static final String OBJECT =
            "{'n':5,'d':1.5,'t':'hello','b':true,'port':'http','when':'2024-02-03T04:05:06Z',"
                    + "'day':'2024-02-03','time':'1h30m','raw':'aGk=','none':null,'x-y.z/w':'odd','namespace':'ns',"
                    + "'a__b':'c','set':['b','a'],'map':[{'k':'a','v':1},{'k':'b','v':2}],'list':[3,1,2],"
                    + "'ports':[80,'http'],'labels':{'a.b/c':'d'},'object':{'apiVersion':'v1','kind':'Pod','metadata':"
                    + "{'name':'p'},'spec':{}},'free':{'anything':[1]}}";

    private static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"'));
    }

    /** A schema of which {@code spec} is given without the braces that close it. */
    private static ObjectNode schema(String spec, String... rules) {
        ObjectNode schema = json("{'type':'object'}");
        long open = spec.chars().filter(c -> c == '{').count();
        long closed = spec.chars().filter(c -> c == '}').count();
        ObjectNode own = json(spec + "}".repeat((int) (open - closed)));
        if (rules.length > 0) {
            var list = own.putArray("x-kubernetes-validations");
            for (String rule : rules) {
                list.add(Json.parseObject(rule));
            }
        }
        schema.putObject("properties").set("spec", own);
        return schema;
    }

    private static String rule(String expression) {
        ObjectNode rule = Json.object();
        rule.put("rule", expression);
        return Json.string(rule);
    }

    private static ObjectNode object(String spec) {
        ObjectNode object = json("{'apiVersion':'e/v1','kind':'K','metadata':{'name':'x'}}");
        object.set("spec", json(spec));
        return object;
    }

    private static List<String> check(
            ObjectNode schema, ObjectNode object, @Nullable ObjectNode old) {
        return new ObjectRules(schema)
                .check(object, old).stream()
                        .map(finding -> finding.path() + ": " + finding.detail())
                        .toList();
    }

    private static List<String> problems(ObjectNode schema) {
        FieldErrors errors = new FieldErrors();
        SchemaRules.check(ObjectCheck.of(schema, FieldPath.of("s"), errors));
        return errors.all().stream().map(error -> error.field() + ": " + error.body()).toList();
    }

    static final List<String> GOOD =
            List.of(
                    "self.n == 5 && self.d > 1.0 && self.t.startsWith('he') && self.b",
                    "self.port == 'http' && type(self.port) == string",
                    "self.when > timestamp('2024-01-01T00:00:00Z') && self.when.getFullYear() == 2024",
                    "self.day == timestamp('2024-02-03T00:00:00Z')",
                    "self.time == duration('90m') && self.time.getMinutes() == 90",
                    "self.raw == b'hi'",
                    "self.none == null",
                    "self.x__dash__y__dot__z__slash__w == 'odd' && has(self.x__dash__y__dot__z__slash__w)",
                    "self.__namespace__ == 'ns' && self.a__underscores__b == 'c'",
                    "self.set == ['a', 'b'] && ['b', 'a'] == self.set && self.set != ['a']",
                    "(self.set + ['a', 'c']).size() == 3",
                    "self.map == self.map && self.map.exists(e, e.k == 'b' && e.v == 2)",
                    "(self.map + self.map).size() == 2",
                    "self.list + [4] == [3, 1, 2, 4] && self.list != [1, 2, 3]",
                    "!self.list.isSorted() && [1, 2, 2].isSorted() && ['a', 'b'].isSorted()",
                    "self.list.sum() == 6 && self.list.min() == 1 && self.list.max() == 3",
                    "self.list.indexOf(2) == 2 && [1, 2, 1].lastIndexOf(1) == 2 && self.list.indexOf(9) == -1",
                    "self.ports.all(p, type(p) == int || p == 'http')",
                    "self.labels['a.b/c'] == 'd' && 'a.b/c' in self.labels && self.labels.all(k, k.size() == 5)",
                    "self.object.kind == 'Pod' && self.object.metadata.name == 'p'",
                    "!has(self.object.metadata.generateName)",
                    "'abc 123 def 456'.find('[0-9]+') == '123' && 'xyz'.find('[0-9]') == ''",
                    "'a1b2c3'.findAll('[0-9]') == ['1', '2', '3'] && 'a1b2'.findAll('[0-9]', 1) == ['1']",
                    "url('https://u@example.com:80/a/b?q=1&q=2').getHost() == 'example.com:80'",
                    "url('https://[::1]:80/p').getHostname() == '::1' && url('/p').getScheme() == ''",
                    "url('https://e.com:80/a?q=1').getPort() == '80' && url('https://e/a').getEscapedPath() == '/a'",
                    "url('https://e/?q=1&q=2').getQuery() == {'q': ['1', '2']} && !isURL('a') && isURL('http://a')",
                    "ip('10.0.0.1').family() == 4 && ip('::1').isLoopback() && !isIP('10.0.0.01')",
                    "isIP('fe80::1') && ip('fe80::1').isLinkLocalUnicast() && !isIP('::ffff:1.2.3.4')",
                    "ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD')",
                    "string(ip('2001:db8:0:0:0:0:0:1')) == '2001:db8::1' && ip('8.8.8.8').isGlobalUnicast()",
                    "cidr('10.0.0.0/8').containsIP('10.1.2.3') && !cidr('10.0.0.0/8').containsIP(ip('11.0.0.1'))",
                    "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')",
                    "cidr('::1/128').prefixLength() == 128 && isCIDR('10.0.0.0/8') && !isCIDR('10.0.0.0/33')",
                    "quantity('1Gi').isGreaterThan(quantity('1G')) && quantity('1000m') == quantity('1')",
                    "quantity('50k').add(20).compareTo(quantity('50020')) == 0 && quantity('5').sub(quantity('2')).asInteger() == 3",
                    "isQuantity('20Mi') && !isQuantity('x') && quantity('-1').sign() == -1 && !quantity('100m').isInteger()",
                    "format.dns1123Label().validate('ok') == optional.none() && format.dns1123Label().validate('NO').hasValue()",
                    "format.named('uuid').value().validate('x').value() == ['does not match the UUID format']",
                    "!format.named('nothing').hasValue()",
                    "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.0.0-alpha.1').isLessThan(semver('1.0.0'))",
                    "isSemver('1.2.3') && !isSemver('v1.2') && isSemver('v1.2', true) && semver('1.2.3').minor() == 2",
                    "optional.none().orValue(3) == 3 && self.?t.orValue('') == 'hello' && optional.of(1).hasValue()",
                    "'%s is %s'.format([dyn('a'), dyn(1)]) == 'a is 1'",
                    "'%s-%s'.format(['a', 'b']) == 'a-b' && '%d%%'.format([5]) == '5%' && '%x'.format([255]) == 'ff'",
                    "'%.2f'.format([1.005]) == '1.00' && '%e'.format([1052.032911275]) == '1.052033e+03'",
                    "'a,b'.split(',') == ['a', 'b'] && ['a', 'b'].join('-') == 'a-b' && ' x '.trim() == 'x'",
                    "'abcb'.replace('b', 'x', 1) == 'axcb' && 'AbC'.lowerAscii() == 'abc' && 'abc'.substring(1, 2) == 'b'",
                    "sets.contains(self.set, ['a']) && sets.intersects([1], [1, 2]) && sets.equivalent([1, 2], [2, 1])",
                    "self.list.all(i, v, v > 0 && i < 3) && self.list.exists(i, v, i == 0 && v == 3)",
                    "self.list.transformList(i, v, v * 2) == [6, 2, 4]",
                    "self.labels.transformMap(k, v, v + 'x') == {'a.b/c': 'dx'}",
                    "self.list.exists_one(x, x == 1) && self.list.filter(x, x > 1).map(x, x + 1) == [4, 3]",
                    "dyn(self.n) == 5.0 && dyn(self.d) < 2 && int('7') == 7 && string(1.5) == '1.5'",
                    "self.t.matches('^h.*o$') && self.t.size() == 5 && size(self.list) == 3",
                    "timestamp('2024-02-03T04:05:06Z') - timestamp('2024-02-03T04:05:05Z') == duration('1s')",
                    "has(self.n) ? self.n in [5, 6] : false");

    @ParameterizedTest
    @FieldSource("GOOD")
    void rulesThatHold(String expression) {
        ObjectNode schema = schema(SPEC, rule(expression));
        assertEquals(List.of(), problems(schema));
        assertEquals(List.of(), check(schema, object(OBJECT), null));
    }

    @Test
    void oddObjectsAreNeverTooMuch() {
        ObjectNode schema =
                schema(SPEC, GOOD.stream().map(ObjectRulesTest::rule).toArray(String[]::new));
        ObjectRules rules = new ObjectRules(schema);
        Random random = new Random(7);
        ObjectNode old = object(OBJECT);
        for (int i = 0; i < 150; i++) {
            ObjectNode odd = object(OBJECT);
            ObjectNode spec = Json.child(odd, "spec");
            for (String field : List.copyOf(spec.propertyNames())) {
                switch (random.nextInt(3)) {
                    case 0 -> spec.set(field, oddValue(random, 0));
                    case 1 -> spec.remove(field);
                    default -> {}
                }
            }
            for (Finding finding : rules.check(odd, old)) {
                assertTrue(finding.path().equals("spec"), finding::toString);
                assertFalse(finding.detail().contains("Exception"), finding::toString);
            }
        }
    }

    private static JsonNode oddValue(Random random, int depth) {
        ObjectNode holder = Json.object();
        return switch (random.nextInt(depth > 3 ? 6 : 8)) {
            case 0 -> holder.put("v", random.nextLong()).get("v");
            case 1 -> holder.put("v", random.nextGaussian() * 1e300).get("v");
            case 2 -> holder.put("v", "\u0000\ud83d\ude00'\"\\%s__dot__").get("v");
            case 3 -> holder.put("v", random.nextBoolean()).get("v");
            case 4 -> holder.putNull("v").get("v");
            case 5 -> holder.put("v", "").get("v");
            case 6 -> {
                var list = Json.array();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(oddValue(random, depth + 1));
                }
                yield list;
            }
            default -> {
                for (int i = random.nextInt(5); i > 0; i--) {
                    holder.set("k" + i, oddValue(random, depth + 1));
                }
                yield holder;
            }
        };
    }

    @Test
    void failuresAreToldInTheWordsOfKubernetes() {
        assertEquals(
                List.of(
                        "spec: failed rule: self.n > 9",
                        "spec: too small",
                        "spec.t: n is 5",
                        "spec: no such key: q evaluating rule: self.labels['q'] == ''",
                        "spec: index out of bounds: 7 evaluating rule: self.list[7] == 1",
                        "spec: division by zero evaluating rule: 1 / (self.n - 5) == 1",
                        "spec: 'no such overload': call arguments did not match a supported operator, function or"
                                + " macro signature for rule: self.port > 5",
                        "spec: IP Address 'x' parse error during conversion from string: ParseAddr(\"x\"): unable"
                                + " to parse IP evaluating rule: ip('x').family() == 4"),
                check(
                        schema(
                                SPEC,
                                rule("self.n > 9"),
                                "{\"rule\":\"self.n > 9\",\"message\":\" too small \"}",
                                "{\"rule\":\"false\",\"fieldPath\":\".t\",\"messageExpression\":\"'n is ' + string(self.n)\"}",
                                rule("self.labels['q'] == ''"),
                                rule("self.list[7] == 1"),
                                rule("1 / (self.n - 5) == 1"),
                                rule("self.port > 5"),
                                rule("ip('x').family() == 4")),
                        object(OBJECT),
                        null));
    }

    @Test
    void rulesThatDoNotCompileAreNamedWithTheirPath() {
        List<String> problems =
                problems(
                        schema(
                                SPEC,
                                rule("self.nosuch == 1"),
                                rule("self.n"),
                                rule("self.free.anything == 1"),
                                rule("self.t.matches('[')"),
                                rule("foo("),
                                "{\"rule\":\"true\",\"messageExpression\":\"1\"}"));
        assertEquals(6, problems.size(), problems::toString);
        assertEquals(
                "s.properties[spec].x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"self.nosuch =="
                        + " 1\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\","
                        + "\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:5: undefined field"
                        + " 'nosuch'\n | self.nosuch == 1\n | ....^",
                problems.get(0));
        assertTrue(problems.get(1).endsWith("cel expression must evaluate to a bool"));
        assertTrue(problems.get(2).contains("undefined field 'anything'"), problems.get(2));
        assertTrue(problems.get(3).contains("invalid matches argument"), problems.get(3));
        assertTrue(problems.get(4).contains("compilation failed: ERROR: <input>:1:5"));
        assertTrue(problems.get(5).endsWith("messageExpression must evaluate to a string"));
    }

    @Test
    void badlyWrittenRulesAreRefused() {
        assertEquals(
                List.of(
                        "0].rule: Required value: rule is not specified",
                        "1].message: Invalid value: \"a\\nb\": message must not contain line breaks",
                        "2].reason: Unsupported value: \"Odd\": supported values: \"FieldValueDuplicate\","
                                + " \"FieldValueForbidden\", \"FieldValueInvalid\", \"FieldValueRequired\"",
                        "3].fieldPath: Invalid value: \".q\": fieldPath must be a valid path: does not refer to a"
                                + " valid field",
                        "4].fieldPath: Invalid value: \"t\": fieldPath must be a valid path: expected [ or . but"
                                + " got: t"),
                problems(
                                schema(
                                        SPEC,
                                        "{\"rule\":\" \"}",
                                        "{\"rule\":\"true\",\"message\":\"a\\nb\"}",
                                        "{\"rule\":\"true\",\"reason\":\"Odd\"}",
                                        "{\"rule\":\"true\",\"fieldPath\":\".q\"}",
                                        "{\"rule\":\"true\",\"fieldPath\":\"t\"}"))
                        .stream()
                        .map(problem -> problem.substring(problem.indexOf('[', 20) + 1))
                        .toList());
    }

    @Test
    void transitionsAreCheckedWhereOldValuesAreKnown() {
        ObjectNode fixed =
                schema(
                        "{'type':'object','properties':{'n':{'type':'integer','x-kubernetes-validations':"
                                + "[{'rule':'self == oldSelf','message':'fixed'}]},'map':{'type':'array',"
                                + "'x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],'items':{'type':'object',"
                                + "'properties':{'k':{'type':'string'},'v':{'type':'integer'}},'x-kubernetes-validations':"
                                + "[{'rule':'self.v >= oldSelf.v','message':'grows'}]}}");
        ObjectNode old = object("{'n':1,'map':[{'k':'a','v':1},{'k':'b','v':5}]}");
        assertEquals(List.of(), problems(fixed));
        assertEquals(List.of(), check(fixed, old, null));
        assertEquals(List.of(), check(fixed, object("{'map':[{'k':'new','v':0}]}"), old));
        assertEquals(
                List.of("spec.n: fixed", "spec.map[0]: grows"),
                check(fixed, object("{'n':2,'map':[{'k':'b','v':4},{'k':'a','v':1}]}"), old));
    }

    @Test
    void anOptionalOldValueIsMissingOnCreation() {
        ObjectNode schema =
                schema(
                        SPEC,
                        "{\"rule\":\"oldSelf.hasValue() || self.n == 1\",\"optionalOldSelf\":true}");
        assertEquals(List.of(), problems(schema));
        assertEquals(1, check(schema, object("{'n':2}"), null).size());
        assertEquals(List.of(), check(schema, object("{'n':2}"), object("{'n':3}")));
    }

    @Test
    void whatHasNotChangedIsNotComplainedAboutAgain() {
        ObjectNode schema =
                schema(
                        "{'type':'object','properties':{'n':{'type':'integer'},'o':{'type':'object','properties':"
                                + "{'v':{'type':'integer','x-kubernetes-validations':[{'rule':'self > 5'}]}}");
        ObjectNode old = object("{'n':1,'o':{'v':1}}");
        assertEquals(List.of(), check(schema, object("{'n':2,'o':{'v':1}}"), old));
        assertEquals(1, check(schema, object("{'n':1,'o':{'v':2}}"), old).size());
    }

    @Test
    void oldValuesThatCannotBeFoundAreRefusedInRules() {
        List<String> problems =
                problems(
                        schema(
                                "{'type':'object','properties':{'l':{'type':'array','items':{'type':'integer',"
                                        + "'x-kubernetes-validations':[{'rule':'self == oldSelf'}]}"));
        assertEquals(
                List.of(
                        "s.properties[spec].properties[l].items.x-kubernetes-validations[0].rule: Invalid value:"
                                + " \"self == oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the"
                                + " schema within s.properties[spec].properties[l].items"),
                problems);
    }

    @Test
    void rulesInAllOfAndAtTheRootCount() {
        ObjectNode schema = schema("{'type':'object','properties':{'n':{'type':'integer'}");
        schema.putArray("allOf")
                .add(
                        json(
                                "{'properties':{'spec':{'properties':{'n':{'x-kubernetes-validations':[{'rule':'self"
                                        + " < 3'}]}}}}}"));
        schema.putArray("x-kubernetes-validations")
                .add(Json.parseObject(rule("self.metadata.name != 'x' && self.kind == 'K'")));
        assertEquals(List.of(), problems(schema));
        assertEquals(
                List.of(
                        "<nil>: failed rule: self.metadata.name != 'x' && self.kind == 'K'",
                        "spec.n: failed rule: self < 3"),
                check(schema, object("{'n':5}"), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self.list.all(a, self.list.all(b, self.list.all(c, a + b + c >= 0)))",
                "self.list.all(a, self.list.all(b, self.list.all(c, a + b + c >= 0))) || true",
                "self.list.map(a, self.list.map(b, string(a) + string(b))).size() > 0",
                "self.list.all(a, self.t.matches('(a+)+b') == false)",
                "self.list.all(a, self.list == self.list)",
                "self.list.all(a, (self.t + self.t + self.t + self.t).contains('b' + self.t) == false)"
            })
    void noRuleHangsTheServer(String expression) {
        ObjectNode object = object("{}");
        var list = Json.child(object, "spec").putArray("list");
        for (int i = 0; i < 3000; i++) {
            list.add(i);
        }
        Json.child(object, "spec").put("t", "a".repeat(20_000));
        ObjectNode schema = schema(SPEC, rule(expression), rule("self.n == 1"));
        List<String> found =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(60), () -> check(schema, object, null));
        assertEquals(
                List.of(
                        "spec: 'operation cancelled: actual cost limit exceeded': no further validation rules will"
                                + " be run due to call cost exceeds limit for rule: "
                                + expression),
                found);
    }
}
