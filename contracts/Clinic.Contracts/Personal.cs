using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Clinic.Contracts;

/// <summary>
/// A member of a stored event that says something about a person: stored encrypted under a key of that person's, which
/// <see cref="SubjectAttribute"/> names, and gone for ever when the key is. A member of the event itself, never of a part of it.
/// As JSON it is the value, as if it were not wrapped.
/// </summary>
[JsonConverter(typeof(PersonalConverter))]
public sealed class Personal<T> : IPersonal, IEquatable<Personal<T>>
{
    private T? value;
    private string? stored;
    private bool erased;

    /// <summary>A value that is known.</summary>
    public Personal(T value) => this.value = value;

    private Personal()
    {
    }

    /// <summary>The value.</summary>
    /// <exception cref="PersonalDataErasedException">Its key was destroyed.</exception>
    /// <exception cref="PersonalDataUnavailableException">Its key cannot be asked for now, or nobody has asked.</exception>
    public T Value => erased ? throw new PersonalDataErasedException()
        : stored is not null ? throw new PersonalDataUnavailableException()
        : value!;

    /// <summary>The value existed and cannot be read by anybody any more.</summary>
    public bool IsErased => erased;

    /// <summary>The encrypted text as it is stored; null when the value is known or erased.</summary>
    public string? Sealed => stored;

    /// <summary>What a view keeps of it: the encrypted text, opened when somebody reads the view; of an event from before encryption, its JSON.</summary>
    public string Copy() => stored ?? JsonSerializer.Serialize(Value, ContractJson.Options);

    /// <summary>A member is filled with a plain value; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator Personal<T>?(T? value) => value is null ? null : new Personal<T>(value);

    /// <summary>Arrays compare by their elements. Two erased values are equal, since nothing tells them apart.</summary>
    /// <exception cref="PersonalDataUnavailableException">One of them cannot be read: nothing may be decided on it.</exception>
    public bool Equals(Personal<T>? other)
    {
        if (other is null) return false;
        if (erased || other.erased) return erased && other.erased;
        return StructuralComparisons.StructuralEqualityComparer.Equals(Value, other.Value);
    }

    public override bool Equals(object? obj) => Equals(obj as Personal<T>);

    public override int GetHashCode() =>
        erased || stored is not null || value is null ? 0 : StructuralComparisons.StructuralEqualityComparer.GetHashCode(value);

    public static bool operator ==(Personal<T>? a, Personal<T>? b) => a is null ? b is null : a.Equals(b);

    public static bool operator !=(Personal<T>? a, Personal<T>? b) => !(a == b);

    /// <summary>Says nothing about the value: records print their members, and logs are copied.</summary>
    public override string ToString() => erased ? "(erased)" : "(personal)";

    void IPersonal.Open(JsonElement json, JsonSerializerOptions options)
    {
        value = json.Deserialize<T>(options);
        stored = null;
    }

    void IPersonal.Erase() => (value, stored, erased) = (default, null, true);

    internal static Personal<T> OfStored(string text) => new() { stored = text };

    internal static Personal<T> Gone() => new() { erased = true };
}

/// <summary>What the event store does with a member it has just read; nobody else holds the object yet.</summary>
internal interface IPersonal
{
    /// <summary>The first characters of every encrypted text; no id or code begins with them.</summary>
    const string Prefix = "~enc1.";

    /// <summary>Member of the object that stands where a value was erased before the event was read as a type.</summary>
    const string ErasedMember = "$erased";

    string? Sealed { get; }

    void Open(JsonElement json, JsonSerializerOptions options);

    void Erase();
}

/// <summary>A personal value that nobody can read any more: 409 with this code.</summary>
public sealed class PersonalDataErasedException() : Exception("The personal data this needs was erased.")
{
    public const string Code = "personal_data_erased";
}

/// <summary>A personal value whose key cannot be asked for now: 503 with this code.</summary>
public sealed class PersonalDataUnavailableException(Exception? cause = null) : Exception("The key store does not answer, so personal data cannot be read or written.", cause)
{
    public const string Code = "key_store_unavailable";
}

internal sealed class PersonalConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Personal<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<Personal<T>>
    {
        public override Personal<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && text.StartsWith(IPersonal.Prefix, StringComparison.Ordinal))
                return Personal<T>.OfStored(text);
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                var ahead = reader;
                if (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName && ahead.ValueTextEquals(IPersonal.ErasedMember))
                {
                    reader.Skip();
                    return Personal<T>.Gone();
                }
            }
            return new Personal<T>(JsonSerializer.Deserialize<T>(ref reader, options)!);
        }

        public override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
