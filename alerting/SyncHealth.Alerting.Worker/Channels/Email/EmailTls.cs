namespace SyncHealth.Alerting.Worker.Channels.Email;

/// <summary>How a connection to a mail server is protected.</summary>
public enum EmailTls
{
    /// <summary>Begun in the clear, then <c>STARTTLS</c>; a server that does not offer it is sent nothing.</summary>
    StartTls = 1,

    /// <summary>From the first byte (port 465).</summary>
    Tls = 2,

    /// <summary>Not at all: for a relay on the same machine, without a password.</summary>
    None = 3,
}
