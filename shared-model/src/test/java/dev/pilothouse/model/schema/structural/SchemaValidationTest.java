package dev.pilothouse.model.schema.structural;

import static dev.pilothouse.model.schema.structural.StructuralSchemas.json;
import static dev.pilothouse.model.schema.structural.StructuralSchemas.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.pilothouse.model.json.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaValidationTest {

    private static List<String> findings(String property, String value) {
        return SchemaValidation.validate(
                        json("{'spec':{'x':" + value + "}}"), spec("'x':" + property))
                .stream()
                .map(error ->
                        error.reason()
                                + " "
                                + error.path()
                                + " "
                                + (error.value() == null ? "-" : Json.string(error.value()))
                                + " "
                                + (error.supported().isEmpty()
                                        ? error.detail()
                                        : String.join(",", error.supported()))
                                + (error.limit() == 0 ? "" : error.actual() + "/" + error.limit()))
                .map(text -> text.replace('"', '\''))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'type':'string'}                                | 5          | WRONG_TYPE spec.x 'integer' spec.x in body must be of type string: 'integer'
                    {'type':'string'}                                | null       | WRONG_TYPE spec.x 'null' spec.x in body must be of type string: 'null'
                    {'type':'integer'}                               | 1.5        | WRONG_TYPE spec.x 'number' spec.x in body must be of type integer: 'number'
                    {'type':'object'}                                | []         | WRONG_TYPE spec.x 'array' spec.x in body must be of type object: 'array'
                    {'x-kubernetes-int-or-string':true}              | true       | WRONG_TYPE spec.x 'boolean' spec.x in body must be of type integer,string: 'boolean'
                    {'type':'string','enum':['a','b']}               | 'c'        | UNSUPPORTED spec.x 'c' a,b
                    {'type':'integer','minimum':1}                   | 0          | INVALID spec.x 0 spec.x in body should be greater than or equal to 1
                    {'type':'integer','minimum':1,'exclusiveMinimum':true} | 1    | INVALID spec.x 1 spec.x in body should be greater than 1
                    {'type':'number','maximum':2.5}                  | 3          | INVALID spec.x 3 spec.x in body should be less than or equal to 2.5
                    {'type':'integer','maximum':10,'exclusiveMaximum':true} | 10  | INVALID spec.x 10 spec.x in body should be less than 10
                    {'type':'number','multipleOf':0.1}               | 0.35       | INVALID spec.x 0.35 spec.x in body should be a multiple of 0.1
                    {'type':'string','minLength':3}                  | 'ab'       | INVALID spec.x 'ab' spec.x in body should be at least 3 chars long
                    {'type':'string','maxLength':2}                  | 'abc'      | TOO_LONG spec.x 'abc' 0/2
                    {'type':'string','pattern':'^a+$'}               | 'b'        | INVALID spec.x 'b' spec.x in body should match '^a+$'
                    {'type':'string','format':'date-time'}           | 'today'    | WRONG_TYPE spec.x 'today' spec.x in body must be of type date-time: 'today'
                    {'type':'array','items':{'type':'integer'},'minItems':2} | [1] | INVALID spec.x [1] spec.x in body should have at least 2 items
                    {'type':'array','items':{'type':'integer'},'maxItems':1} | [1,2] | TOO_MANY spec.x - 2/1
                    {'type':'array','items':{'type':'integer'}}      | [1,'a']    | WRONG_TYPE spec.x[1] 'string' spec.x[1] in body must be of type integer: 'string'
                    {'type':'object','required':['y']}               | {}         | REQUIRED spec.x.y -
                    {'type':'object','maxProperties':1,'additionalProperties':{'type':'integer'}} | {'a':1,'b':2} | TOO_MANY spec.x - 2/1
                    {'type':'object','minProperties':1}              | {}         | INVALID spec.x {} spec.x in body should have at least 1 properties
                    {'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}} | ['a','b','a'] | DUPLICATE spec.x[2] 'a'
                    {'type':'object','not':{'required':['a']}}       | {'a':1}    | INVALID <nil> '' 'spec.x' must not validate the schema (not)
                    {'type':'object','x-kubernetes-embedded-resource':true,'properties':{'s':{'type':'object'}}} | {'kind':'Pod'} | REQUIRED spec.x.apiVersion - must not be empty
                    """)
    void findsWhatIsWrong(String property, String value, String expected) {
        assertEquals(
                List.of(expected),
                findings(property, value).stream().map(String::stripTrailing).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'type':'integer'}                                      | 1.0
                    {'type':'number'}                                       | 1
                    {'type':'string','nullable':true}                       | null
                    {'type':'string','maxLength':1}                         | '\uD83D\uDE80'
                    {'type':'string','format':'no-such-format'}             | 'anything'
                    {'x-kubernetes-preserve-unknown-fields':true}           | [{'a':null}]
                    {'type':'number','multipleOf':0.1}                      | 0.3
                    {'type':'integer','enum':[1,2]}                         | 2
                    {'type':'string','pattern':'b'}                         | 'abc'
                    {'type':'object','additionalProperties':{'type':'string'}} | {'a':'b'}
                    """)
    void acceptsWhatIsRight(String property, String value) {
        assertEquals(List.of(), findings(property, value));
    }

    @Test
    void oneOfNeedsExactlyOneAndShowsTheNearestMiss() {
        String property =
                "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}},"
                        + "'oneOf':[{'required':['a']},{'required':['b']}]}";
        assertEquals(List.of(), findings(property, "{'a':'1'}"));
        assertEquals(
                List.of(
                        "INVALID <nil> '' 'spec.x' must validate one and only one schema (oneOf). Found none valid",
                        "REQUIRED spec.x.a - "),
                findings(property, "{}"));
        assertEquals(
                List.of(
                        "INVALID <nil> '' 'spec.x' must validate one and only one schema (oneOf). Found 2 valid"
                                + " alternatives"),
                findings(property, "{'a':'1','b':'2'}"));
    }

    @Test
    void anyOfNeedsOneAndAllOfNeedsAll() {
        String any = "{'type':'integer','anyOf':[{'minimum':10},{'maximum':5}]}";
        assertEquals(List.of(), findings(any, "3"));
        assertEquals(
                "INVALID <nil> '' 'spec.x' must validate at least one schema (anyOf)",
                findings(any, "7").getFirst());
        String all = "{'type':'integer','allOf':[{'minimum':10},{'maximum':20}]}";
        assertEquals(
                List.of("INVALID spec.x 21 spec.x in body should be less than or equal to 20"),
                findings(all, "21"));
    }

    @Test
    void listMapsNeedDistinctKeys() {
        String property =
                "{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['n','p'],"
                        + "'items':{'type':'object','properties':{'n':{'type':'string'},'p':{'type':'integer'}}}}";
        assertEquals(List.of(), findings(property, "[{'n':'a','p':1},{'n':'a','p':2}]"));
        assertEquals(
                List.of("DUPLICATE spec.x[1] {'n':'a','p':1} "),
                findings(property, "[{'n':'a','p':1},{'n':'a','p':1}]"));
    }

    @ParameterizedTest
    @CsvSource({
        "date-time, 2026-01-02T03:04:05Z, 2026-01-02 03:04:05",
        "date, 2026-02-28, 2026-02-30",
        "email, a@b.example, a.b",
        "ipv4, 10.0.0.1, 10.0.0.256",
        "ipv6, fe80::1, 10.0.0.1",
        "cidr, 10.0.0.0/8, 10.0.0.0/33",
        "uri, https://a.example/b?c, not a uri",
        "uuid, 123e4567-e89b-12d3-a456-426614174000, 123e4567",
        "byte, aGVsbG8=, aGVsbG8",
        "duration, 1h30m, later",
        "hostname, a-b.example, -a.example",
        "mac, 00:1a:2b:3c:4d:5e, 00:1a"
    })
    void formatsOfTextsAreChecked(String format, String good, String bad) {
        String property = "{'type':'string','format':'" + format + "'}";
        assertEquals(List.of(), findings(property, "'" + good + "'"));
        assertEquals(1, findings(property, "'" + bad + "'").size());
    }

    @Test
    void formatsOfNumbersAreRanges() {
        String property = "{'type':'integer','format':'int32'}";
        assertEquals(List.of(), findings(property, "2147483647"));
        assertEquals(1, findings(property, "2147483648").size());
    }

    @Test
    void dollarMeansTheVeryEnd() {
        assertEquals(1, findings("{'type':'string','pattern':'^a$'}", "'a\\n'").size());
    }

    @Test
    void goSyntaxOfPatternsIsUnderstood() {
        String property = "{'type':'string','pattern':'^(?P<n>[[:alpha:]_[&]+)$'}";
        assertEquals(List.of(), findings(property, "'ab_[&'"));
        assertEquals(1, findings(property, "'a1'").size());
    }

    @Test
    void patternsThatExplodeAreGivenUp() {
        String property = "{'type':'string','pattern':'^(a+)+$'}";
        String text = "'" + "a".repeat(40) + "!'";
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertEquals(1, findings(property, text).size()));
    }
}
