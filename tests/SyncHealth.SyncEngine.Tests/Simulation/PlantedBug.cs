namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>Defects of the server that the simulation has to find, or it proves nothing.</summary>
public enum PlantedBug
{
    /// <summary>None.</summary>
    None,

    /// <summary>A push that arrives twice is applied twice.</summary>
    ForgetsKeys,

    /// <summary>A page passes a row over, and its token says that it has been sent.</summary>
    SkipsARow,

    /// <summary>An edit is stored over another that it did not know of, and nobody is told.</summary>
    WritesBlindly,
}
