namespace SyncHealth.Storage.Writes;

/// <summary>Whose fault it is that an attempt did not succeed: the twin of <c>synchealth.blame</c>. The numbers are places, nothing stores them.</summary>
internal enum Blame
{
    /// <summary>It succeeded.</summary>
    Nobody,

    /// <summary>The client's network: a train tunnel is not a bad release.</summary>
    Offline,

    Server,

    /// <summary>Everything else, cancelled included.</summary>
    App,
}
