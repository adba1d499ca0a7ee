namespace SyncHealth.SyncServer.Store;

/// <summary>What became of a push.</summary>
/// <param name="Verdict">Whether it was answered, and why not.</param>
/// <param name="Answer">The JSON of a <see cref="SyncEngine.Protocol.PushResponse"/>, word for word the same for every arrival; null unless it was answered.</param>
internal sealed record TakenPush(PushVerdict Verdict, string? Answer);
