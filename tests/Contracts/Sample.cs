using System.Reflection;
using Clinic.Contracts;

namespace Clinic.Tests.Contracts;

/// <summary>One value of any contract: every member set, always the same.</summary>
internal static class Sample
{
    private static readonly DateTimeOffset Instant = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    /// <param name="full">False leaves every member out that may be left out.</param>
    public static object Of(Type type, bool full = true) => Record(type, full);

    private static object Record(Type type, bool full)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var context = new NullabilityInfoContext();
        return constructor.Invoke([.. constructor.GetParameters().Select(p =>
            !full && context.Create(p).WriteState == NullabilityState.Nullable ? null : Value(p.ParameterType, p.Name!, full))]);
    }

    private static object Value(Type type, string name, bool full) => Nullable.GetUnderlyingType(type) is { } inner ? Value(inner, name, full) : type switch
    {
        _ when type == typeof(string) => $"{char.ToLowerInvariant(name[0])}{name[1..]}-1",
        _ when type == typeof(int) => name.Length,
        _ when type == typeof(long) => (long)name.Length,
        _ when type == typeof(bool) => true,
        _ when type == typeof(Guid) => Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057"),
        _ when type == typeof(DateTimeOffset) => Instant.AddMinutes(name.Length),
        _ when type == typeof(DateOnly) => DateOnly.FromDateTime(Instant.Date).AddDays(name.Length),
        { IsEnum: true } => Enum.GetValues(type).GetValue(0)!,
        { IsArray: true } => Array(type.GetElementType()!, name, full),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Personal<>) =>
            Activator.CreateInstance(type, Value(type.GetGenericArguments()[0], name, full))!,
        { IsClass: true } => Record(type, full),
        _ => throw new NotSupportedException($"contracts do not use {type} ({name}); if they now do, say here what a sample of it is")
    };

    private static Array Array(Type element, string name, bool full)
    {
        var array = System.Array.CreateInstance(element, 1);
        array.SetValue(Value(element, name, full), 0);
        return array;
    }
}
