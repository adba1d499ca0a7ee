namespace SyncHealth.SyncEngine.Store;

/// <summary>Keeps the edits of one account from leaving, and its data from showing, under the sign-in of another.</summary>
internal static class StoreOwner
{
    /// <summary>A store without an owner becomes the account's: a new one, and one of an app that did not know owners.</summary>
    /// <exception cref="ArgumentException">The store is another account's; nothing of it was changed.</exception>
    public static void Claim(ILocalStore store, string account)
    {
        var (owner, depth) = store.Read(static transaction => (transaction.State.Read().Account, transaction.Outbox.Depth()));
        if (owner is null)
            store.Write(transaction => transaction.State.Save(transaction.State.Read() with { Account = account }));
        else if (owner != account)
            throw new ArgumentException(
                $"{nameof(EngineOptions)}.{nameof(EngineOptions.Account)} is '{account}', and the local database is of '{owner}', with {depth.Waiting + depth.Parked} edits that are not at the server. "
                + $"Give '{account}' a database of its own; these edits are sent when '{owner}' opens this one again.");
    }
}
