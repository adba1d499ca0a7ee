namespace SyncHealth.Testing.Faults;

/// <summary>Carries one connection's bytes, and breaks it.</summary>
internal interface IConnectionFaults
{
    /// <summary>Returns when the connection has ended in good order or by a fault; an end that broke by itself throws.</summary>
    Task RunAsync(ProxiedLink link, int number, CancellationToken cancellationToken);
}
