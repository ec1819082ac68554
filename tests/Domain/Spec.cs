using System.Reflection;
using System.Text.Json;
using Clinic.Contracts;
using FluentValidation;
using Shouldly;

namespace Clinic.Tests.Domain;

/// <summary>Given events, when a command, then events. Events compare by their stored JSON, so arrays compare, too.</summary>
public static class Spec
{
    /// <summary>The instant every specification runs at unless it says otherwise.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly Actor Therapist = new("ther-1", Roles.Therapist, "north");
    public static readonly Actor ClientActor = new("sub-1", Roles.Client, "north");
    public static readonly Actor Ehr = new("north.ehr", Roles.ClinicSystem, "north");
    public static readonly Actor Operator = new("op-1", Roles.Operator, "north");
    public static readonly Actor Service = new("intake", Roles.Service, "north");

    public static Given<TState> Given<TState>(params object[] events) where TState : class => new(Fold<TState>(events));

    /// <summary>Folds as the engine does: Create when there is no state yet, else Apply; never both for one event.</summary>
    public static TState? Fold<TState>(params object[] events) where TState : class
    {
        TState? state = null;
        foreach (var happened in events)
        {
            var name = state is null ? "Create" : "Apply";
            var method = typeof(TState).GetMethod(name, [happened.GetType()])
                ?? throw new MissingMethodException(typeof(TState).Name, $"{name}({happened.GetType().Name})");
            try
            {
                state = (TState)method.Invoke(state, [happened])!;
            }
            catch (TargetInvocationException e)
            {
                throw e.InnerException!;
            }
        }
        return state;
    }

    public static string Json(object? value) => JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object), ContractJson.Options);

    public static void ShouldBeInvalid<TCommand>(this IValidator<TCommand> validator, TCommand command, string property) =>
        validator.Validate(command).Errors.Select(e => e.PropertyName).ShouldContain(property);
}

public sealed record Given<TState>(TState? State) where TState : class
{
    public Outcome When<TCommand>(
        TCommand command, Func<TCommand, TState?, Actor, DateTimeOffset, object[]> handle, Actor by, DateTimeOffset? now = null) =>
        new(() => handle(command, State, by, now ?? Spec.Now));

    public Outcome When<TCommand, TFacts>(
        TCommand command, Func<TCommand, TState?, TFacts, DateTimeOffset, object[]> handle, TFacts facts,
        DateTimeOffset? now = null) where TFacts : class =>
        new(() => handle(command, State, facts, now ?? Spec.Now));
}

public sealed class Outcome(Func<object[]> decide)
{
    public void Then(params object[] expected)
    {
        var actual = decide();
        actual.Select(Describe).ShouldBe(expected.Select(Describe));
    }

    public void ThenNothing() => decide().ShouldBeEmpty();

    public void ThenViolates(string code, string? field = null)
    {
        var violation = Should.Throw<RuleViolation>(decide);
        violation.Code.ShouldBe(code);
        if (field is not null) violation.Field.ShouldBe(field);
    }

    /// <summary>What was decided, for expectations on one part of an event.</summary>
    public object[] Events => decide();

    private static string Describe(object happened) => happened is ForStream other
        ? $"{other.StreamId} ({other.State.Name}): {Describe(other.Event)}"
        : $"{happened.GetType().Name} {Spec.Json(happened)}";
}
