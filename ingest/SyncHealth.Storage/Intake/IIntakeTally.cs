namespace SyncHealth.Storage.Intake;

/// <summary>Tells what the ingest of this process has done with the events it was sent. Registered by the ingest role.</summary>
public interface IIntakeTally
{
    IntakeTally Read();
}
