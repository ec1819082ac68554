using JasperFx;
using JasperFx.CodeGeneration.Frames;
using JasperFx.CodeGeneration.Model;
using JasperFx.Events;
using Wolverine.Configuration;
using Wolverine.Persistence;
using Wolverine.Persistence.EventSourcing;
using Wolverine.Runtime;

namespace Clinic.Hosting.Deciding;

/// <summary>Wolverine's seam for event stores: what its generated code calls to fetch a stream and to save it.</summary>
internal sealed class EventLogFrames : IPersistenceFrameProvider, IEventSourcingFrameProvider
{
    public string StoreName => "clinic log";
    public Type UnknownAggregateExceptionType => typeof(InvalidOperationException);
    public StreamIdentity DetermineStreamIdentity(IServiceContainer container) => StreamIdentity.AsString;
    public Type DetermineSagaIdType(Type sagaType, IServiceContainer container) => typeof(string);

    public Frame BuildLoadAggregateFrame(AggregateLoadRequest request)
    {
        var call = new MethodCall(typeof(Decide), typeof(Decide).GetMethod(nameof(Decide.Fetch))!.MakeGenericMethod(request.AggregateType));
        call.Arguments[0] = request.AggregateId;
        return call;
    }

    public void ApplyTransactionSupport(IChain chain, IServiceContainer container)
    {
        var state = chain.HandlerCalls().Single().Method.GetParameters()[1].ParameterType;
        chain.Postprocessors.Add(new MethodCall(typeof(Decide), typeof(Decide).GetMethod(nameof(Decide.Save))!.MakeGenericMethod(state)));
    }

    public void ApplyTransactionSupport(IChain chain, IServiceContainer container, Type entityType) => ApplyTransactionSupport(chain, container);

    public bool CanApply(IChain chain, IServiceContainer container) => false;

    public bool CanPersist(Type entityType, IServiceContainer container, out Type persistenceService)
    {
        persistenceService = typeof(Decide);
        return false;
    }

    // nothing here is a saga or a document
    public Frame BuildFetchLatestFrame(Type aggregateType, Variable identity) => throw No();
    public Frame DetermineLoadFrame(IServiceContainer container, Type sagaType, Variable sagaId) => throw No();
    public Frame DetermineInsertFrame(Variable saga, IServiceContainer container) => throw No();
    public Frame CommitUnitOfWorkFrame(Variable saga, IServiceContainer container) => throw No();
    public Frame DetermineUpdateFrame(Variable saga, IServiceContainer container) => throw No();
    public Frame DetermineDeleteFrame(Variable sagaId, Variable saga, IServiceContainer container) => throw No();
    public Frame DetermineStoreFrame(Variable saga, IServiceContainer container) => throw No();
    public Frame DetermineDeleteFrame(Variable variable, IServiceContainer container) => throw No();
    public Frame DetermineStorageActionFrame(Type entityType, Variable action, IServiceContainer container) => throw No();
    public Frame[] DetermineFrameToNullOutMaybeSoftDeleted(Variable entity) => throw No();

    private static NotSupportedException No() => new("handlers decide on streams, and on nothing else");
}
