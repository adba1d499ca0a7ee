using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Triggers;

namespace SyncHealth.SyncEngine;

/// <summary>What a status screen shows.</summary>
/// <param name="State">The one word for the user.</param>
/// <param name="Outbox">What waits and what was refused.</param>
/// <param name="LastSuccessAt">End of the last cycle that did everything; null when there was none.</param>
/// <param name="FailuresSince">Cycles that failed since then.</param>
/// <param name="Next">When the engine syncs next by itself, and what it waits for.</param>
/// <param name="Full">How far the first sync, or another one that fetches everything, has come; null when none is under way.</param>
public sealed record EngineStatus(
    DataState State, OutboxDepth Outbox, DateTimeOffset? LastSuccessAt, int FailuresSince, NextSync Next, FullProgress? Full = null);
