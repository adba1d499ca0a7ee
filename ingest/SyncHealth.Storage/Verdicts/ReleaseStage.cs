namespace SyncHealth.Storage.Verdicts;

/// <summary>How far a release has come through the install base.</summary>
public enum ReleaseStage
{
    /// <summary>Devices still come to it from other releases.</summary>
    RollingOut,

    /// <summary>Its devices stay, and hardly any come.</summary>
    Adopted,

    /// <summary>Most of the devices that ran it run another by now.</summary>
    Replaced,
}
