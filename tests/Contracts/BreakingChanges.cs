using System.Text.Json.Nodes;

namespace Clinic.Tests.Contracts;

/// <summary>The comparison itself: it must see what breaks, and let pass what does not.</summary>
public sealed class BreakingChanges
{
    private static readonly JsonObject Interface = (JsonObject)JsonNode.Parse("""
        {"paths":{"/commands/a":{"post":{
          "parameters":[{"name":"K","in":"header"}],
          "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}},
          "responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/R"}}}}}}}},
         "components":{"schemas":{
          "A":{"type":"object","required":["x"],"properties":{"x":{"type":"string"},"y":{"type":["null","integer"]},
               "z":{"type":"array","items":{"type":"object","properties":{"c":{"enum":["p","q"]}}}}}},
          "R":{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"n":{"type":["null","string"]}}}}}}
        """)!;

    [Theory]
    [InlineData("paths:/commands/a", null, "POST /commands/a is gone")]
    [InlineData("paths:/commands/a:post:parameters", """[]""", "parameter header K is gone")]
    [InlineData("paths:/commands/a:post:parameters", """[{"name":"K","in":"header","required":true}]""", "is required now")]
    [InlineData("components:schemas:A:properties:y", null, ".y is gone")]
    [InlineData("components:schemas:A:required", """["x","y"]""", ".y is required now")]
    [InlineData("components:schemas:A:properties:x:type", "\"integer\"", "string became integer")]
    [InlineData("components:schemas:A:properties:y:type", "\"integer\"", "null|integer became integer")]
    [InlineData("components:schemas:A:properties:x:format", "\"uuid\"", "format  became uuid")]
    [InlineData("components:schemas:A:properties:z:items:properties:c:enum", """["p"]""", "q is not accepted any more")]
    [InlineData("components:schemas:R:properties:n", null, ".n is gone")]
    [InlineData("components:schemas:R:required", "[]", ".id may be missing now")]
    [InlineData("components:schemas:R:properties:id:type", """["null","string"]""", "string became null|string")]
    public void are_seen(string at, string? value, string expected) =>
        Breaking.OpenApi(Interface, Changed(at, value)).ShouldHaveSingleItem().ShouldContain(expected);

    [Theory]
    [InlineData("components:schemas:A:properties:optional", """{"type":"string"}""")]
    [InlineData("components:schemas:A:required", "[]")]
    [InlineData("components:schemas:A:properties:x:type", """["null","string"]""")]
    [InlineData("components:schemas:R:properties:more", """{"type":"string"}""")]
    [InlineData("components:schemas:R:required", """["id","n"]""")]
    [InlineData("components:schemas:R:properties:n:type", "\"string\"")]
    [InlineData("components:schemas:A:description", "\"other words\"")]
    [InlineData("paths:/more", """{"get":{"responses":{}}}""")]
    public void are_not_seen_where_there_are_none(string at, string value) => Breaking.OpenApi(Interface, Changed(at, value)).ShouldBeEmpty();

    private static JsonNode Changed(string at, string? value)
    {
        var copy = Interface.DeepClone();
        var parts = at.Split(':');
        var parent = (JsonObject)parts[..^1].Aggregate(copy, (node, part) => node[part]!);
        if (value is null) parent.Remove(parts[^1]);
        else parent[parts[^1]] = JsonNode.Parse(value);
        return copy;
    }
}
