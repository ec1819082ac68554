using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Clinic.EventLog;

/// <summary>
/// Compiles <c>public static T Create(E)</c> and <c>public T Apply(E)</c> once per state type. An event calls Create while
/// there is no state, else Apply; never both. The same classes fold unchanged under Marten.
/// </summary>
public static class Fold
{
    private static readonly ConcurrentDictionary<Type, object> Compiled = new();

    /// <summary>The fold of one state type.</summary>
    public static Folder<TState> For<TState>() where TState : class =>
        (Folder<TState>)Compiled.GetOrAdd(typeof(TState), static _ => new Folder<TState>());

    internal static IEnumerable<Type> EventTypesOf(Type state) => Methods(state).Select(m => m.GetParameters()[0].ParameterType).Distinct();

    internal static IEnumerable<MethodInfo> Methods(Type state) => state
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)
        .Where(m => m.GetParameters().Length == 1 && m.ReturnType == state && (m.IsStatic ? m.Name == "Create" : m.Name == "Apply"));
}

/// <summary>Folds events into one state type.</summary>
public sealed class Folder<TState> where TState : class
{
    private readonly Dictionary<Type, Func<object, TState>> create = [];
    private readonly Dictionary<Type, Func<TState, object, TState>> apply = [];
    private readonly Func<TState, long, TState> withVersion;

    internal Folder()
    {
        foreach (var method in Fold.Methods(typeof(TState)))
        {
            var type = method.GetParameters()[0].ParameterType;
            var happened = Expression.Parameter(typeof(object));
            var state = Expression.Parameter(typeof(TState));
            if (method.IsStatic)
                create[type] = Expression.Lambda<Func<object, TState>>(
                    Expression.Call(method, Expression.Convert(happened, type)), happened).Compile();
            else
                apply[type] = Expression.Lambda<Func<TState, object, TState>>(
                    Expression.Call(state, method, Expression.Convert(happened, type)), state, happened).Compile();
        }
        withVersion = CompileWithVersion();
    }

    /// <summary>The state after one more event.</summary>
    /// <exception cref="InvalidOperationException">The state has no Create or Apply for it.</exception>
    public TState Next(TState? state, object happened)
    {
        if (state is null)
            return create.TryGetValue(happened.GetType(), out var first) ? first(happened) : throw Missing("Create", happened);
        return apply.TryGetValue(happened.GetType(), out var next) ? next(state, happened) : throw Missing("Apply", happened);
    }

    /// <summary>Refuses, as <see cref="Next"/> would, an event the state has no method for. Other folds leave it out silently.</summary>
    internal void Require(object happened, bool begins)
    {
        if (begins ? !create.ContainsKey(happened.GetType()) : !apply.ContainsKey(happened.GetType())) throw Missing(begins ? "Create" : "Apply", happened);
    }

    /// <summary>A copy of the state that knows the version it was folded to.</summary>
    public TState WithVersion(TState state, long version) => withVersion(state, version);

    private static InvalidOperationException Missing(string method, object happened) =>
        new($"{typeof(TState).Name} has no public {method}({happened.GetType().Name})");

    private static Func<TState, long, TState> CompileWithVersion()
    {
        // what the compiler does for `state with { Version = version }`; states are shared, so never written in place
        var clone = typeof(TState).GetMethod("<Clone>$") ?? throw new InvalidOperationException($"{typeof(TState)} is not a record");
        var version = typeof(TState).GetProperty("Version") ?? throw new InvalidOperationException($"{typeof(TState)} has no Version");
        var state = Expression.Parameter(typeof(TState));
        var value = Expression.Parameter(typeof(long));
        var copy = Expression.Variable(typeof(TState));
        return Expression.Lambda<Func<TState, long, TState>>(Expression.Block([copy],
            Expression.Assign(copy, Expression.Convert(Expression.Call(state, clone), typeof(TState))),
            Expression.Assign(Expression.Property(copy, version), value), copy), state, value).Compile();
    }
}
