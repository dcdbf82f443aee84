/** The microphone, mixed to one channel, and how loud it is. */

export interface Microphone {
  /** One channel: WhatsApp takes no other for a voice message. */
  stream: MediaStream;
  /** From 0 to 1. */
  level: () => number;
  close: () => void;
}

export async function openMicrophone(): Promise<Microphone> {
  const audio = { channelCount: 1, echoCancellation: true, noiseSuppression: true };
  const source = await navigator.mediaDevices.getUserMedia({ audio });
  const context = new AudioContext();
  // What the browser gives may have two channels all the same.
  const mono = new MediaStreamAudioDestinationNode(context, {
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  const analyser = new AnalyserNode(context, { fftSize: 512 });
  const input = context.createMediaStreamSource(source);
  input.connect(mono);
  input.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    stream: mono.stream,
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      // Speech is seldom louder than a quarter of what can be recorded.
      return Math.min(1, Math.sqrt(power) * 4);
    },
    close: () => {
      source.getTracks().forEach((track) => track.stop());
      if (context.state !== 'closed') void context.close();
    },
  };
}
