using System.Text.Json;
using System.Text.Json.Nodes;

namespace Clinic.SystemTests.Running;

/// <summary>What came back for a command or a read, over either door.</summary>
/// <param name="Status">HTTP status; over the bus 200 for accepted, 409 for rejected.</param>
/// <param name="Text">The body, byte for byte.</param>
public sealed record Answer(int Status, string Text)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public JsonNode Body => JsonNode.Parse(Text)!;

    public string Code => Body["code"]!.GetValue<string>();

    public string? Field => Body["field"]?.GetValue<string>();

    public long Version => Body["version"]!.GetValue<long>();

    public string? Receipt => Body["receipt"]?.GetValue<string>();

    /// <summary>Fails with the whole answer unless it was accepted.</summary>
    public Answer Accepted()
    {
        Status.ShouldBe(200, Text);
        return this;
    }

    /// <summary>Fails with the whole answer unless a rule refused it with this code.</summary>
    public Answer Refused(string code, int status = 409)
    {
        Status.ShouldBe(status, Text);
        Code.ShouldBe(code, Text);
        return this;
    }
}
