"""Motion by OpenCV's background subtractor MOG2, the algorithm of DVR-Scan, for bench/compare-motion.ts.

Usage: mog2.py VIDEO WIDTH THRESHOLD. Prints one moving frame's time (seconds) a line.
"""

import sys

import cv2

path, width, threshold = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
video = cv2.VideoCapture(path)
subtractor = cv2.createBackgroundSubtractorMOG2(history=500, varThreshold=16, detectShadows=False)
kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))
while True:
    at = video.get(cv2.CAP_PROP_POS_MSEC) / 1000
    has, frame = video.read()
    if not has:
        break
    height = round(frame.shape[0] * width / frame.shape[1])
    gray = cv2.cvtColor(cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    mask = cv2.morphologyEx(subtractor.apply(gray), cv2.MORPH_OPEN, kernel)
    if mask.mean() >= threshold:
        print(f"{at:.3f}")
