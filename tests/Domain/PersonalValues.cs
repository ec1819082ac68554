using System.Text.Json;
using Clinic.Contracts;
using Shouldly;
using Xunit;

namespace Clinic.Tests.Domain;

public sealed class PersonalValues
{
    private sealed record Told(string Id, Personal<string> Text, Personal<int?[]>? Answers = null);

    [Fact]
    public void look_like_their_value_where_they_are_not_encrypted()
    {
        var told = new Told("a", "said", new int?[] { 1, null });
        var json = JsonSerializer.Serialize(told, ContractJson.Options);
        json.ShouldBe("""{"id":"a","text":"said","answers":[1,null]}""");
        JsonSerializer.Deserialize<Told>(json, ContractJson.Options).ShouldBe(told);
        JsonSerializer.Serialize(new Told("a", "said"), ContractJson.Options).ShouldBe("""{"id":"a","text":"said"}""");
    }

    [Fact]
    public void that_are_erased_say_so_and_are_never_written_again()
    {
        var erased = JsonSerializer.Deserialize<Told>("""{"id":"a","text":{"$erased":true}}""", ContractJson.Options)!;
        erased.Text.IsErased.ShouldBeTrue();
        Should.Throw<PersonalDataErasedException>(() => erased.Text.Value);
        Should.Throw<PersonalDataErasedException>(() => JsonSerializer.Serialize(erased, ContractJson.Options));
        (erased == erased with { }).ShouldBeTrue();
        (erased == new Told("a", "said")).ShouldBeFalse();
    }

    [Fact]
    public void that_are_encrypted_decide_nothing()
    {
        var closed = JsonSerializer.Deserialize<Told>("""{"id":"a","text":"~enc1.x","answers":"~enc1.y"}""", ContractJson.Options)!;
        (closed.Text.Sealed, closed.Answers!.Sealed).ShouldBe(("~enc1.x", "~enc1.y"));
        Should.Throw<PersonalDataUnavailableException>(() => closed.Text.Value);
        Should.Throw<PersonalDataUnavailableException>(() => closed == new Told("a", "said"));
    }

    [Fact]
    public void are_not_printed() => new Told("a", "said").ToString().ShouldNotContain("said");
}
